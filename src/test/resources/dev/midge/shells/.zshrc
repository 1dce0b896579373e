# Start-up file of the zsh that matches.zsh asks: the completion of MIDGE_COMPLETIONS, with compadd overheard, on Tab.
PS1=
fpath=($MIDGE_COMPLETIONS $fpath)
autoload -Uz compinit
compinit -D -u
compadd() {
  local -a hits
  # These only ask and add nothing.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)* ]]; then
    builtin compadd "$@"
    return
  fi
  builtin compadd -O hits "$@"
  print -rl -- "offered "$^hits
  builtin compadd "$@"
}
show() { print; _main_complete; print "end of matches" }
zle -C show list-choices show
bindkey "^I" show
zle-line-init() { print; print "line editor" }
zle -N zle-line-init
