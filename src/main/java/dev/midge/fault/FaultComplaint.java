package dev.midge.fault;

/** Makes the exception for what is wrong with a fault. */
interface FaultComplaint {
  FaultSyntaxException because(String why);
}
