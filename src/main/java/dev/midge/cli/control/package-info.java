/** The control of a broker or proxy at the command line: what it answers, and answers as text. */
@NullMarked
package dev.midge.cli.control;

import org.jspecify.annotations.NullMarked;
