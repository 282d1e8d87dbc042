select * from {{ source('raw', 'urls') }}
