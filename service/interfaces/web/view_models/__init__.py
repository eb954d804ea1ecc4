"""What each page shows: one frozen record for each template, which uses only its fields.

Countries, languages, filters and problems are codes; the templates name them in the language of
the interface.
"""
