/** The command lines of the broker and of the tool for its password files. */
@NullMarked
package dev.midge.cli.broker;

import org.jspecify.annotations.NullMarked;
