/** The keyboard of a broker or proxy on a terminal: a prompt below its log. Only here is JLine. */
@NullMarked
package dev.midge.cli.keyboard;

import org.jspecify.annotations.NullMarked;
