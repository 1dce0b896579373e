package dev.midge.cli.make;

/**
 * Holds what a template can tell about the client that publishes.
 *
 * @param number from 1, where one process has several clients; 1 for one alone
 * @param id the client id as far as it is known before CONNACK; empty for one that the broker makes
 */
public record PublishingClient(int number, String id) {}
