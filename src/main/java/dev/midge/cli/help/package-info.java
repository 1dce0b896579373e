/** The texts of help and manual pages. */
@NullMarked
package dev.midge.cli.help;

import org.jspecify.annotations.NullMarked;
