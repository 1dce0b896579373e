package dev.midge.lwt;

/** Placeholder for this branch only: the lead's file takes its place. */
final class RowRun {}
