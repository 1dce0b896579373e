/** Bytes and characters: UTF-8, and what a terminal must not be sent. */
@NullMarked
package dev.midge.text;

import org.jspecify.annotations.NullMarked;
