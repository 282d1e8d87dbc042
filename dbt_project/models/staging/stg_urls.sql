select
    raw_url,
    url,
    host,
    owner,
    name,
    kind,
    repo_id,
    path
from {{ source('raw', 'urls') }}
