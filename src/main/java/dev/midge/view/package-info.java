/**
 * Turns payloads into others, without a command line: hexadecimal digits, base64 and compressed
 * data both ways. The packages below do it with JSON, and with binary forms of it.
 */
@NullMarked
package dev.midge.view;

import org.jspecify.annotations.NullMarked;
