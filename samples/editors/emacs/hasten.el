;;; hasten.el --- findings of hasten in M-x compile  -*- lexical-binding: t; -*-

;; `hasten check --output-format concise' needs nothing: compilation-mode knows its lines. This teaches it the full
;; report, whose place stands on the line below the message.

;;; Code:

(require 'compile)

(add-to-list 'compilation-error-regexp-alist-alist
             '(hasten "^\\(?:error\\|\\(warning\\)\\|\\(info\\)\\)\\[HS[0-9]+\\]: [^\n]*\n *--> \\(.+\\):\\([0-9]+\\):\\([0-9]+\\)$"
                      3 4 5 (1 . 2)))
(add-to-list 'compilation-error-regexp-alist 'hasten)

;; The chain: "2. fixture `db` calls `connect` (tests/conftest.py:8)".
(add-to-list 'compilation-error-regexp-alist-alist
             '(hasten-chain "^ +\\(?:= [a-z]+: \\)?[0-9]+\\. .* (\\([^()\n]+\\):\\([0-9]+\\))$" 1 2 nil 0))
(add-to-list 'compilation-error-regexp-alist 'hasten-chain)

(provide 'hasten)
;;; hasten.el ends here
