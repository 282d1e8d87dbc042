{{ stage_entries('arxiv_rss') }}
