def arguments(parser):
    pass
