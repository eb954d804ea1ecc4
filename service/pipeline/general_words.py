"""Words that tell nothing of what a question is about, such as common verbs, by language.

An absent one is not said to be missing, and a present one is not worth looking for.
"""

_ENGLISH = """
    able about add again against allow already also answer apart appear aside ask asked be became
    become been began begin believe best better between big bring call carry case cause change
    changed chosen come comes concern counts create current currently describe detail details
    different do doing dollars down during each end euros even ever exactly example exist expected
    explain face fact fall figure find found full gave get gets give given go goes good hand happen
    happened happens have held help high hold holds important include information introduce keep
    kept kind know lack laid lead leave let like live long look made main make makes many matter
    mean mentioned mind month more most much name named need new now number occur offer old order
    other over page papers part people person pesos picked please point position provide put
    question really reason receive recent recently rise role run said same say see seem serve set
    show single some someone sort start state take taken takes talk tell tells than that theirs them
    themselves then there they thing things think three till time today took towards tried try turn
    type under understand use used want way went were with work worth would year years
"""

_SPANISH = """
    además ahora algo alguien alguna algún ayuda ayudan ayudar año años brinda brindar cada caso
    comenzar comienza conoce conocer contar contra cosa crea crear cualquier cuenta da dado dan dar
    decir deja dejar describir dice dieron diferente dijo dio día ejemplo empezar empieza encontrar
    encuentra existe existir explica explicar explique forma funciona funcionar gente gran grande
    habla hablar hace hacen hacer haciendo haga hecho hicieron hizo hoy iba importante incluir
    incluye información intentar ir llama llamar llega llegar lleva llevar logra lograr manera mayor
    mejor menor mes mirar mismo mostrar muestra necesita necesitar ninguna ningún nueva nuevo número
    obtener obtiene ocurre ocurrir ofrece ofrecer otra otro parte pasa pasar pensar permite permitir
    persona piensa poder pone poner pregunta prestar principal puede querer quiere razón realiza
    realizar recibe recibir sabe saber seguir sentir ser servir siempre significa significar sigue
    sirve sucede suceder tener tenía tiene tienen tipo toma tomar trabajar trata tratar tuvieron
    tuvo usa usar utiliza utilizar va van veces venir ver vez viene vivir volver
"""

_PORTUGUESE = """
    acontece acontecer agora ajuda ajudam ajudar algo algum alguma alguém além ano anos cada caso
    chama chamar chega chegar coisa começa começar conhece conhecer consegue conseguir conta contar
    contra cria criar dado dar deixa deixar deram descrever deu dia diferente diz dizer dá dão
    encontra encontrar exemplo existe existir explica explicar explique fala falar faz fazem fazendo
    fazer feito fez fica ficar fizeram forma funciona funcionar gente grande hoje importante inclui
    incluir informação ir leva levar maior maneira melhor menor mesmo mostra mostrar mês nenhum
    nenhuma nova novo número obter obtém ocorre ocorrer oferece oferecer outra outro parte passa
    passar pensar pergunta permite permitir pessoa poder precisa precisar prestar principal pôr quer
    querer razão realiza realizar recebe receber sabe saber segue seguir sempre sentir ser serve
    servir significa significar tem ter teve tinha tipo tiveram toma tomar trabalhar trata tratar
    têm usa usar utiliza utilizar vai ver vez vezes vir viver voltar vão
"""

GENERAL_WORDS = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
    "pt": frozenset(_PORTUGUESE.split()),
}
"""Those of each language."""

_ENGLISH_NOUNS = """
    cases causes changes concerns details ends faces facts figures hands matters months orders
    pages papers parts persons points positions reasons roles states types
"""

TELLING_WORDS = {
    "en": frozenset(_ENGLISH_NOUNS.split()),
    "es": frozenset({"ayudas", "casos", "cuentas", "partes"}),
    "pt": frozenset({"ajudas", "casos", "contas", "partes"}),
}
"""Plurals that look like forms of those, and tell what is asked about."""
