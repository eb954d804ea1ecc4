"""What each page shows: one frozen record a template, which uses its fields only.

Countries, languages, filters and problems are codes; the templates name them in the language of
the interface.
"""
