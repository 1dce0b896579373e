class Midge < Formula
  raise "midge.rb was made without --url BASE of src/release/make, and knows no place to fetch midge from" # @UNPUBLISHED@
  desc "MQTT on the command-line, with a mini broker and honest abrupt disconnects"
  homepage "https://midge.dev"
  url "@BASE@/midge-@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license "Apache-2.0"

  depends_on "openjdk"

  def install
    libexec.install "bin", "lib", "licenses"
    # The launcher takes JAVA_HOME if it is new enough, and then what is in PATH.
    (bin/"midge").write_env_script libexec/"bin/midge", Language::Java.overridable_java_home_env
    man1.install Dir["man/man1/*.1"]
    bash_completion.install "completions/midge.bash" => "midge"
    zsh_completion.install "completions/_midge"
    fish_completion.install "completions/midge.fish"
    doc.install "THIRD-PARTY.txt", "sbom.cdx.json"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/midge --version")
    # A will on the broker that is built in.
    assert_match "0 failed", shell_output("#{bin}/midge lwt --only reset")
  end
end
