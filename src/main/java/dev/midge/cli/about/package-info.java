/** The facts about this midge and its surroundings that a bug report needs. */
@NullMarked
package dev.midge.cli.about;

import org.jspecify.annotations.NullMarked;
