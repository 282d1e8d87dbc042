select * from {{ source('raw', 'text_links') }}
