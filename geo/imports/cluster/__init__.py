"""Imports past one machine: the blocks of many files mapped by Dask's workers, into the same parts as everywhere."""
