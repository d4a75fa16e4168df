import java.util.Arrays;
import java.util.Scanner;

class Main {
    static int fewestCoins(int[] coins, int amount) {
        int unreachable = amount + 1;
        int[] fewest = new int[amount + 1];
        Arrays.fill(fewest, unreachable);
        fewest[0] = 0;
        for (int coin : coins) {
            for (int sum = coin; sum <= amount; sum++) {
                fewest[sum] = Math.min(fewest[sum], fewest[sum - coin] + 1);
            }
        }
        return fewest[amount] == unreachable ? -1 : fewest[amount];
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int[] coins = new int[scanner.nextInt()];
        for (int i = 0; i < coins.length; i++) {
            coins[i] = scanner.nextInt();
        }
        System.out.println(fewestCoins(coins, scanner.nextInt()));
    }
}
