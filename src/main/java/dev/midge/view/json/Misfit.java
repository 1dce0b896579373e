package dev.midge.view.json;

/**
 * One place at which a payload does not fit its schema.
 *
 * @param path a JSON Pointer; empty for the whole payload
 * @param reason what is wrong there, without a full stop
 */
public record Misfit(String path, String reason) {}
