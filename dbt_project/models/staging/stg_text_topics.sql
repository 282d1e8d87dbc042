select * from {{ source('raw', 'text_topics') }}
