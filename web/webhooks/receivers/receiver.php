<?php
// php -S localhost:4000 receiver.php (PHP 8, nothing to install)
$secret = getenv('WEBHOOK_SECRET') ?: ''; // whsec_...
$key = base64_decode(preg_replace('/^whsec_/', '', $secret));
if (strlen($key) < 16) throw new Exception("Set WEBHOOK_SECRET to the endpoint's secret.");

$body = file_get_contents('php://input'); // the bytes as they came: do not parse before checking
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$time = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
$expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
$ours = false;
// While a secret is changed there are two signatures; one that fits is enough.
foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $part) {
    $ours = hash_equals($expected, $part) || $ours;
}
if (!$ours || !ctype_digit($time) || abs(time() - (int) $time) > 300) {
    http_response_code(401);
    exit;
}

$event = json_decode($body, true);
// In earnest: a unique column in your database. Here a file for each event that was seen.
$mark = sys_get_temp_dir() . '/seen-' . hash('sha256', $event['id']);
if ($file = @fopen($mark, 'x')) {
    fclose($file);
    // Longer work belongs in a queue: answer within 15 s.
    error_log($event['type'] . ' ' . json_encode($event['data']));
}
http_response_code(204);
