"""Imports past one machine: blocks of many files mapped by Dask's workers."""
