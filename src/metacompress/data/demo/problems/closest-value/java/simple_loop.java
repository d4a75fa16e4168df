import java.util.Scanner;

class Main {
    static int closestValue(int[] numbers, int target) {
        int best = 0;
        int bestDistance = Integer.MAX_VALUE;
        for (int number : numbers) {
            int distance = Math.abs(number - target);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = number;
            } else if (distance == bestDistance) {
                best = Math.min(best, number);
            }
        }
        return best;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int n = scanner.nextInt();
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = scanner.nextInt();
        }
        int target = scanner.nextInt();
        System.out.println(closestValue(numbers, target));
    }
}
