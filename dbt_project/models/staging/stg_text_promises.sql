select * from {{ source('raw', 'text_promises') }}
