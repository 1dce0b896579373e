# Prints what zsh's completion offers for the line in $1, one match a line; the completion is in the directory $2.
# The last line is "asked": without it the two have missed each other, and the question is to be put again.
# An interactive zsh in a pseudo-terminal is asked, so that it is the real completion system; compadd is overheard.
zmodload zsh/zpty || exit 1
zpty terminal "TERM=dumb HISTFILE= zsh -f -i"
zpty -w terminal "stty -echo; setopt interactive_comments; unsetopt zle prompt_cr prompt_sp; PS1="
zpty -w terminal "fpath=(${(q)2} \$fpath); autoload -Uz compinit; compinit -D -u"
zpty -w terminal 'compadd() {
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
show() { print; _main_complete; print "end of"" matches" }
zle -C show list-choices show
bindkey "^I" show
# Only now does the line editor listen.
zle-line-init() { print; print "line"" editor" }
zle -N zle-line-init
setopt zle'
zpty -r terminal answer '*line editor*'
zpty -n -w terminal "$1"$'\t'
zpty -r terminal answer '*end of matches*'
[[ $answer == *'end of matches'* ]] || exit 1
for found in ${(M)${(f)answer}:#offered *}; do
  print -r -- ${${found#offered }%$'\r'}
done
zpty -d terminal
print asked
