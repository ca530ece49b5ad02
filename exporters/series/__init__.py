"""What a series has for ever, the same in every format: ids, links, times, first dates, names of books."""
