" Put this into ~/.vim/compiler/ and say `:compiler hasten`, then `:make` in the project.
if exists("current_compiler")
  finish
endif
let current_compiler = "hasten"

CompilerSet makeprg=hasten\ check\ --output-format\ concise\ --color\ never
CompilerSet errorformat=%f:%l:%c:\ problem:\ %m,%f:%l:\ problem:\ %m,%f:\ problem:\ %m,%f:%l:%c:\ HS%n\ %m,%-G%.%#
