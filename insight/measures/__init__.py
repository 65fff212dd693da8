"""Every figure, defined once: `definitions` on the rows that `sources` counts, and counted in the
database by `query`.

The staff home, the Board report, the public pages and the API all ask here; nothing is stored as a
counter.
"""
