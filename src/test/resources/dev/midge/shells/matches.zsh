# Prints what zsh's completion offers for the line in $1, one match a line; the completion is in the directory $2.
# The last line is "asked".
# An interactive zsh in a pseudo-terminal is asked, so that it is the real completion system. What it needs is in its start-up
# file and nothing is typed before its line editor listens: what is in the terminal when that is set otherwise can be lost.
zmodload zsh/zpty || exit 1
export MIDGE_COMPLETIONS=$2 ZDOTDIR=${0:A:h} TERM=dumb HISTFILE=
zpty terminal "zsh -d -i"
zpty -r terminal answer '*line editor*'
zpty -n -w terminal "$1"$'\t'
zpty -r terminal answer '*end of matches*'
[[ $answer == *'end of matches'* ]] || exit 1
for found in ${(M)${(f)answer}:#offered *}; do
  print -r -- ${${found#offered }%$'\r'}
done
zpty -d terminal
print asked
