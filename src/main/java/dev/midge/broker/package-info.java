/**
 * The mini broker as one object: its configuration, its thread, and its log in mosquitto's words.
 */
@NullMarked
package dev.midge.broker;

import org.jspecify.annotations.NullMarked;
