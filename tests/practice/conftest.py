from tests.store.conftest import ana, store

__all__ = ["ana", "store"]
