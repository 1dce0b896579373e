# midge for PowerShell: finds Java and the jar, and passes the status on. Not tried on Windows yet.
#
# PowerShell's pipelines carry text, not bytes: what stands before or behind a | is decoded and encoded again, a line at a
# time, and > may write UTF-16. Use --file FILE and the pipes of cmd.exe, or of PowerShell 7.4 with java itself, for bytes.
# PowerShell reads words before midge does: quote those with , ; @ $ ( ) { } # or a number's form that must stay (1.50, 0x1),
# and those with * or ?, which Java's own launcher takes for names of files.

Set-StrictMode -Off
# What midge writes to standard error is no error of this script, whatever the caller's session says.
$ErrorActionPreference = 'Continue'
$PSNativeCommandUseErrorActionPreference = $false

function Stop-WithLine([string] $text) {
    [Console]::Error.WriteLine("midge: $text")
    exit 1
}

# Returns whether that java is there and 17 or newer. A JDK's release file tells; java itself is asked where there is none.
function Test-Java([string] $java) {
    if (-not (Test-Path -LiteralPath $java -PathType Leaf)) { return $false }
    $text = ''
    $release = Join-Path (Split-Path (Split-Path $java)) 'release'
    if (Test-Path -LiteralPath $release -PathType Leaf) {
        $text = @(Get-Content -LiteralPath $release) -match '^JAVA_VERSION=' -join ''
    }
    if ($text -eq '') { $text = @(& $java -version 2>&1 | ForEach-Object { "$_" }) -match ' version ' -join '' }
    return ($text -match '"(\d+)') -and ([int] $Matches[1] -ge 17)
}

$onWindows = [IO.Path]::DirectorySeparatorChar -eq '\'
$name = if ($onWindows) { 'java.exe' } else { 'java' }
$root = Split-Path $PSScriptRoot
$java = $null
$slash = [IO.Path]::DirectorySeparatorChar
$candidates = @()
if ($env:JAVA_HOME) { $candidates += $env:JAVA_HOME.Trim('"') + $slash + 'bin' + $slash + $name }
foreach ($directory in $env:PATH.Split([IO.Path]::PathSeparator)) {
    # Join-Path would complain of a drive that is not there.
    if ($directory) { $candidates += $directory.Trim('"') + $slash + $name }
}
foreach ($candidate in $candidates) {
    if (Test-Java $candidate) { $java = $candidate; break }
}
if (-not $java) { Stop-WithLine 'needs Java 17 or newer and finds none in JAVA_HOME or PATH.' }

$jar = Join-Path (Join-Path $root 'lib') 'midge.jar'
if (-not (Test-Path -LiteralPath $jar)) { $jar = Join-Path (Join-Path $root 'target') 'midge.jar' }
if (-not (Test-Path -LiteralPath $jar)) { Stop-WithLine "cannot find its jar, $jar; 'mvn package' makes it in a checkout." }

# Files of the user lie below HOME, as everywhere.
if ($onWindows -and -not $env:HOME) { $env:HOME = $env:USERPROFILE }

$flags = @('-Xlog:disable', '-XX:+DisplayVMOutputToStderr', '-XX:+SuppressFatalErrorMessage', '-XX:+UseSerialGC', '-XX:-UsePerfData')
if ($env:MIDGE_HEAP) { $flags += "-Xmx$env:MIDGE_HEAP" }
elseif ($args.Count -gt 0 -and "$($args[0])" -ceq 'broker') { $flags += '-Xmx256m', '-Xms16m', '-Xmn5m' }

# a,b is a list to PowerShell. Before 7.3 it passed on no empty word, and no quote within one.
$quotes = $PSVersionTable.PSVersion -lt [Version] '7.3'
$words = @(foreach ($arg in $args) {
    $word = if ($arg -is [array]) { $arg -join ',' } else { "$arg" }
    if ($quotes) {
        $word = $word -replace '(\\*)"', '$1$1\"'
        if ($word -eq '') { $word = '""' }
        elseif ($word -match '\s') { $word = $word -replace '(\\+)$', '$1$1' }
    }
    $word
})

if ($MyInvocation.ExpectingInput) {
    $input | & $java @flags -cp $jar dev.midge.Midge @words
} else {
    & $java @flags -cp $jar dev.midge.Midge @words
}
exit $LASTEXITCODE
