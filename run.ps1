# Sets the project up beside itself (once, and again when what it needs has changed), then starts it.
#   .\run.ps1          the app          .\run.ps1 demo     a whole practice, without terminal or microphone
#   .\run.ps1 test     every check      .\run.ps1 ...      anything else `trainer` can do
$ErrorActionPreference = 'Stop'
$here = $PSScriptRoot
$venv = Join-Path $here '.venv'
$bin = Join-Path $venv 'Scripts'
$python = Join-Path $bin 'python.exe'

function Say($text) { [Console]::Error.WriteLine($text) }

function Find-Python {
    $check = 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
    foreach ($try in @(@('py', '-3.13'), @('py', '-3.12'), @('py', '-3.11'), @('python'), @('python3'))) {
        if (-not (Get-Command $try[0] -ErrorAction SilentlyContinue)) { continue }
        $rest = @($try | Select-Object -Skip 1)
        try { & $try[0] @rest -c $check 2>$null } catch { continue }
        if ($LASTEXITCODE -eq 0) { return , $try }
    }
    Say 'rep-trainer needs Python 3.11, 3.12 or 3.13, and none was found. Get one from python.org, then run this again.'
    exit 1
}

function Wanted { (Get-Content -Raw (Join-Path $here 'pyproject.toml')) + (Get-Content -Raw (Join-Path $here 'constraints.txt')) }

function Install($stampName, $package) {
    $stamp = Join-Path $venv $stampName
    if ((Test-Path $python) -and (Test-Path $stamp) -and ((Get-Content -Raw $stamp) -ceq (Wanted))) { return }
    Say "Setting up rep-trainer in $venv (once; a minute or two) ..."
    $constraints = Join-Path $here 'constraints.txt'
    $found = Find-Python
    if (-not (Test-Path $python)) {
        $rest = @($found | Select-Object -Skip 1)
        & $found[0] @rest -m venv $venv
        if ($LASTEXITCODE -ne 0) { Say 'The virtual environment could not be made.'; exit 1 }
    }
    if (Get-Command uv -ErrorAction SilentlyContinue) {
        & uv pip install --quiet --python $python --constraint $constraints --editable $package
    } else {
        & $python -m pip install --quiet --disable-pip-version-check --constraint $constraints --editable $package
    }
    if ($LASTEXITCODE -ne 0) { Say 'The installation failed; what pip said stands above.'; exit 1 }
    Set-Content -NoNewline -Path $stamp -Value (Wanted)
}

if ($args.Count -gt 0 -and $args[0] -eq 'test') {
    Install 'test-installed' "$here[test]"
    $more = @($args | Select-Object -Skip 1)
    & $python (Join-Path $here 'tests\checks.py') @more
    exit $LASTEXITCODE
}
Install 'installed' $here
$env:TRAINER_COMMAND = '.\run.ps1'
& (Join-Path $bin 'trainer.exe') @args
exit $LASTEXITCODE
