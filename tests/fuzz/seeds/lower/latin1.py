# -*- coding: latin-1 -*-
s = "é"  # NOQA:E501,HS2
