/** The life of a client connection, its values, and the seam to the engines that speak MQTT. */
@NullMarked
package dev.midge.client;

import org.jspecify.annotations.NullMarked;
