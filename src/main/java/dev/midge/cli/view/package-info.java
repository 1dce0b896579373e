/**
 * The options for payloads that are not sent or shown as they are: {@code --decode}, {@code
 * --encode}, {@code --diff} and {@code --schema}. Nothing of it is loaded before a word asks for
 * it.
 */
@NullMarked
package dev.midge.cli.view;

import org.jspecify.annotations.NullMarked;
