import java.util.Scanner;

class Main {
    static int rowWithLargestSum(int[][] matrix) {
        int bestRow = 0;
        int bestSum = Integer.MIN_VALUE;
        for (int i = 0; i < matrix.length; i++) {
            int sum = 0;
            for (int value : matrix[i]) {
                sum += value;
            }
            if (sum > bestSum) {
                bestSum = sum;
                bestRow = i;
            }
        }
        return bestRow;
    }

    public static void main(String[] args) {
        Scanner scanner = new Scanner(System.in);
        int rows = scanner.nextInt();
        int cols = scanner.nextInt();
        int[][] matrix = new int[rows][cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                matrix[i][j] = scanner.nextInt();
            }
        }
        System.out.println(rowWithLargestSum(matrix));
    }
}
