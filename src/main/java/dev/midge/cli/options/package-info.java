/** Groups of options, each with the values that it reads. */
@NullMarked
package dev.midge.cli.options;

import org.jspecify.annotations.NullMarked;
