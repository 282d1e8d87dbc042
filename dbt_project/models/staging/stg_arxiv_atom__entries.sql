{{ stage_entries('arxiv_atom') }}
