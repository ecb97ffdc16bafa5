"""vctestimony: schedules cross-border video testimony. The folders are the architecture; `composition` joins them.

web, api → services → store → domain, and adapters → domain. This file imports nothing, so that the domain can be
used with neither Flask nor a database at hand.
"""
