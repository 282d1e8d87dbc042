{{ stage_entries('arxiv_dump') }}
