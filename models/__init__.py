"""The local speech and language models: catalogue, fetch, recognisers, voice activity, voices."""
