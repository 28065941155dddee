"""What the site of ``docs/conf.py`` adds to Sphinx: an extension a file.

``repository_links`` leads what is no page to GitHub, ``home`` gives the README the list of sections, ``language`` joins
the two languages, ``stub_signatures`` types the compiled names, ``command`` and ``documents`` write out what the
command takes and gives, ``gallery`` shows runs that broke. ``check`` and ``links`` look at what was built.
"""
