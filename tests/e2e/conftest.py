from tests.virtual_mic.fixture import virtual_mic

__all__ = ["virtual_mic"]
