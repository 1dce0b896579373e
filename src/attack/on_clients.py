ATTACKS = []
def run(a, q): pass
