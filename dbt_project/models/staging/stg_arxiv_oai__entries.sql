{{ stage_entries('arxiv_oai') }}
